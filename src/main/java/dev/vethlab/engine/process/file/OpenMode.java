package dev.vethlab.engine.process.file;

/** How a file is opened: the flags of open(2). */
public enum OpenMode {
    /** O_RDONLY. */
    READ(true, false, false, false, false),
    /** O_WRONLY|O_CREAT|O_TRUNC: what {@code >} does. */
    WRITE(false, true, true, true, false),
    /** O_WRONLY|O_CREAT|O_APPEND: what {@code >>} does. */
    APPEND(false, true, true, false, true),
    /** O_RDWR|O_CREAT: what {@code <>} does. */
    READ_WRITE(true, true, true, false, false);

    final boolean reads;
    final boolean writes;
    final boolean creates;
    final boolean truncates;
    final boolean appends;

    OpenMode(boolean reads, boolean writes, boolean creates, boolean truncates, boolean appends) {
        this.reads = reads;
        this.writes = writes;
        this.creates = creates;
        this.truncates = truncates;
        this.appends = appends;
    }
}
