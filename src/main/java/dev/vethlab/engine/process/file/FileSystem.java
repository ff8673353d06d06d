package dev.vethlab.engine.process.file;

/** The files of one machine or container. */
public final class FileSystem {}
