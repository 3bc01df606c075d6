/// The number of allocations that this process made so far.
unsigned long allocation_count(void);
