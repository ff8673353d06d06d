/** Stories: commands in, output and journeys out. What a lesson would tell, held to be true. */
@NullMarked
package dev.vethlab.engine.scenario;

import org.jspecify.annotations.NullMarked;
