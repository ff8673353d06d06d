/**
 * Workshops: an organiser who looks after many seats, each a session of its own with the same lesson or world.
 *
 * <p>Begin at {@link dev.vethlab.workshop.seat.Workshops}. What is known of a workshop and its seats is kept in documents of the store, so
 * that any replica can answer for them; {@link dev.vethlab.workshop.seat.Attendance} writes down, on each replica, what the seats in its
 * memory do. May not know the web.
 */
@NullMarked
package dev.vethlab.workshop.seat;

import org.jspecify.annotations.NullMarked;
