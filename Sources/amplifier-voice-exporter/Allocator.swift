import CMalloc

/// How the process gets its memory.
enum Allocator {
    /// Gives large blocks back to the system as soon as they are freed. A snapshot makes the next event copy a table,
    /// and glibc by itself keeps such blocks, in case they are wanted again.
    static func returnLargeBlocks() {
        mallopt(M_MMAP_THRESHOLD, 256 << 10)
    }
}
