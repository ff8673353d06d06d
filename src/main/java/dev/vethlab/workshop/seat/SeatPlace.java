package dev.vethlab.workshop.seat;

/**
 * Which seat a session is.
 *
 * @param seat the key of the seat's document
 */
record SeatPlace(String workshop, String seat) {}
