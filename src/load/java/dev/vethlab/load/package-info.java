/** What only a build for measuring has: {@code ./mvnw -Pload package -DskipTests}. */
@NullMarked
package dev.vethlab.load;

import org.jspecify.annotations.NullMarked;
