package dev.vethlab.engine.packet;

/** Data that arrived, though not all before it did (RFC 2018 §3), or arrived twice (RFC 2883): {@code left} and up to {@code right}. */
public record SackBlock(int left, int right) {}
