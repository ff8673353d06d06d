package dev.vethlab.engine.shell.syntax;

/** What <code>${name…}</code> does with the parameter's value; {@code OR_NULL} forms treat an empty value like none. */
public enum ParameterOperator {
    NONE,
    LENGTH,
    INDIRECT,
    NAMES,
    DEFAULT,
    DEFAULT_OR_NULL,
    ASSIGN,
    ASSIGN_OR_NULL,
    ERROR,
    ERROR_OR_NULL,
    ALTERNATIVE,
    ALTERNATIVE_OR_NULL,
    REMOVE_PREFIX,
    REMOVE_LONGEST_PREFIX,
    REMOVE_SUFFIX,
    REMOVE_LONGEST_SUFFIX,
    REPLACE_FIRST,
    REPLACE_ALL,
    REPLACE_PREFIX,
    REPLACE_SUFFIX,
    SUBSTRING,
    UPPER_FIRST,
    UPPER_ALL,
    LOWER_FIRST,
    LOWER_ALL,
    /** {@code ${x~}}, bash only: the first character in the other case. */
    TOGGLE_FIRST,
    /** {@code ${x~~}}, bash only. */
    TOGGLE_ALL,
    /** {@code @Q}: quoted so that a shell reads it back. */
    QUOTED,
    /** {@code @E}: its backslash sequences are read as {@code $'…'} reads them. */
    ESCAPES,
    /** {@code @A}: the command that would make it. */
    DECLARATION,
    /** {@code @a}: the flags of its declaration. */
    ATTRIBUTES,
    /** {@code @K}: an array's keys and values. */
    KEYS
}
