package dev.vethlab.engine.command.docker;

import java.util.Comparator;

/** Numbers within texts in the order of their values ({@code sortorder.NaturalLess}). */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            boolean digits = Character.isDigit(one.charAt(i)) && Character.isDigit(other.charAt(j));
            if (!digits) {
                if (one.charAt(i) != other.charAt(j)) {
                    return Character.compare(one.charAt(i), other.charAt(j));
                }
                i++;
                j++;
                continue;
            }
            int endOne = endOfNumber(one, i);
            int endOther = endOfNumber(other, j);
            String number = withoutZeros(one.substring(i, endOne));
            String otherNumber = withoutZeros(other.substring(j, endOther));
            int order = number.length() != otherNumber.length()
                    ? Integer.compare(number.length(), otherNumber.length())
                    : number.compareTo(otherNumber);
            if (order != 0) {
                return order;
            }
            i = endOne;
            j = endOther;
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String withoutZeros(String digits) {
        return digits.replaceFirst("^0+(?=.)", "");
    }
}
