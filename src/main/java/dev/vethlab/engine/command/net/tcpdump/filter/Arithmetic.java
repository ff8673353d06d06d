package dev.vethlab.engine.command.net.tcpdump.filter;

/** A number in a filter: a constant, the packet's length, bytes of a header, or a calculation with them; 32 bits, unsigned. */
public sealed interface Arithmetic {
    int value(PacketView packet);

    /** Whether the packet has the headers that are asked for. */
    default boolean applies(PacketView packet) {
        return true;
    }

    default Truth under(Kind kind) {
        return Truth.YES;
    }

    record Constant(int number) implements Arithmetic {
        @Override
        public int value(PacketView packet) {
            return number;
        }
    }

    /** {@code len}. */
    record PacketLength() implements Arithmetic {
        @Override
        public int value(PacketView packet) {
            return packet.length();
        }
    }

    /** Where {@code proto[offset:size]} counts from. */
    enum Base {
        LINK,
        NETWORK,
        TRANSPORT
    }

    /** {@code proto[offset:size]}; {@code required} is what the packet must be for it. */
    record Load(Base base, Condition required, Arithmetic offset, int size) implements Arithmetic {
        @Override
        public boolean applies(PacketView packet) {
            return offset.applies(packet) && required.test(packet) && (base != Base.TRANSPORT || packet.isFirstFragment());
        }

        @Override
        public Truth under(Kind kind) {
            return required.under(kind).and(offset.under(kind));
        }

        @Override
        public int value(PacketView packet) {
            int start = switch (base) {
                case LINK -> 0;
                case NETWORK -> packet.network();
                case TRANSPORT -> packet.transport();
            };
            long at = start + (long) offset.value(packet);
            return switch (size) {
                case 1 -> packet.u8(at);
                case 2 -> packet.u16(at);
                default -> packet.s32(at);
            };
        }
    }

    /** {@code a + b} and the like; a division by zero ends the filter as a miss. */
    record Operation(Arithmetic left, String operator, Arithmetic right) implements Arithmetic {
        @Override
        public boolean applies(PacketView packet) {
            return left.applies(packet) && right.applies(packet);
        }

        @Override
        public Truth under(Kind kind) {
            return left.under(kind).and(right.under(kind));
        }

        @Override
        public int value(PacketView packet) {
            int a = left.value(packet);
            int b = right.value(packet);
            return switch (operator) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> Integer.divideUnsigned(a, divisor(b));
                case "%" -> Integer.remainderUnsigned(a, divisor(b));
                case "&" -> a & b;
                case "|" -> a | b;
                case "^" -> a ^ b;
                case "<<" -> Integer.compareUnsigned(b, 32) < 0 ? a << b : 0;
                case ">>" -> Integer.compareUnsigned(b, 32) < 0 ? a >>> b : 0;
                default -> throw new IllegalStateException(operator);
            };
        }

        private static int divisor(int number) {
            if (number == 0) {
                throw new PacketView.OutOfBounds();
            }
            return number;
        }
    }
}
