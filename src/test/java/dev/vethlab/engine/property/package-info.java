/** What holds whatever the network, the rules and the packets are. Begin at {@link dev.vethlab.engine.property.PacketPropertiesTest}. */
@NullMarked
package dev.vethlab.engine.property;

import org.jspecify.annotations.NullMarked;
