/* Counts what a program runs on an NVIDIA GPU, and for how long. CUDA loads it where CUDA_INJECTION64_PATH names it:
 *
 *   cc -O2 -shared -fPIC -o kernels.so kernels.c -ldl
 *   CUDA_INJECTION64_PATH=$PWD/kernels.so KERNELS_FILE=counts KERNELS_SECONDS=1 PROGRAM
 *
 * At the end of PROGRAM the file holds, on one line, over the KERNELS_SECONDS before the last kernel ended (0: over everything):
 * kernels, milliseconds in kernels, copies, milliseconds in copies, milliseconds looked at, and the bytes copied.
 *
 * CUPTI is looked up when it is needed, so that no header or library of CUDA is needed to build this: KERNELS_CUPTI names its library. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { memcpy_kind = 1, memset_kind = 2, concurrent_kernel_kind = 10 };

/* The first 32 bytes of a CUPTI record of a kernel, a copy or a fill; a copy has its size where a kernel has its cache settings. */
struct record {
    uint32_t kind;
    uint32_t settings;
    uint64_t bytes;
    uint64_t start;
    uint64_t end;
};

static int (*next_record)(uint8_t *buffer, size_t valid, struct record **record);
static int (*flush_all)(uint32_t flag);

static struct record *records;
static size_t count, capacity;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void buffer_requested(uint8_t **buffer, size_t *size, size_t *most_records) {
    *size = 8 << 20;
    *most_records = 0;
    if (posix_memalign((void **)buffer, 8, *size) != 0) {
        *buffer = NULL;
        *size = 0;
    }
}

static void keep(const struct record *record) {
    if (count == capacity) {
        size_t larger = capacity == 0 ? 1 << 20 : 2 * capacity;
        struct record *moved = realloc(records, larger * sizeof *records);
        if (moved == NULL) {
            return;
        }
        records = moved;
        capacity = larger;
    }
    records[count++] = *record;
}

static void buffer_completed(void *context, uint32_t stream, uint8_t *buffer, size_t size, size_t valid) {
    (void)context, (void)stream, (void)size;
    struct record *record = NULL;
    pthread_mutex_lock(&lock);
    while (valid > 0 && next_record(buffer, valid, &record) == 0) {
        if (record->kind == memcpy_kind || record->kind == memset_kind || record->kind == concurrent_kernel_kind) {
            keep(record);
        }
    }
    pthread_mutex_unlock(&lock);
    free(buffer);
}

static void report(void) {
    flush_all(1);
    const char *path = getenv("KERNELS_FILE"), *seconds = getenv("KERNELS_SECONDS");
    FILE *file = path == NULL ? stderr : fopen(path, "w");
    if (file == NULL) {
        return;
    }
    uint64_t first = UINT64_MAX, last = 0, window = seconds == NULL ? 0 : (uint64_t)(atof(seconds) * 1e9);
    for (size_t i = 0; i < count; i++) {
        first = records[i].start < first ? records[i].start : first;
        last = records[i].end > last ? records[i].end : last;
    }
    uint64_t from = window == 0 || last < window || last - window < first ? first : last - window;
    uint64_t kernels = 0, in_kernels = 0, copies = 0, in_copies = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t took = records[i].end - records[i].start;
        if (records[i].start < from) {
            continue;
        }
        if (records[i].kind == concurrent_kernel_kind) {
            kernels++, in_kernels += took;
        } else {
            copies++, in_copies += took, bytes += records[i].kind == memcpy_kind ? records[i].bytes : 0;
        }
    }
    fprintf(file, "%llu %.3f %llu %.3f %.3f %llu\n", (unsigned long long)kernels, in_kernels / 1e6, (unsigned long long)copies, in_copies / 1e6,
        count == 0 ? 0.0 : (last - from) / 1e6, (unsigned long long)bytes);
    if (path != NULL) {
        fclose(file);
    }
}

int InitializeInjection(void) {
    const char *library = getenv("KERNELS_CUPTI");
    void *cupti = dlopen(library == NULL ? "libcupti.so" : library, RTLD_NOW);
    if (cupti == NULL) {
        fprintf(stderr, "kernels: %s\n", dlerror());
        return 1;
    }
    int (*enable)(uint32_t) = (int (*)(uint32_t))dlsym(cupti, "cuptiActivityEnable");
    int (*callbacks)(void *, void *) = (int (*)(void *, void *))dlsym(cupti, "cuptiActivityRegisterCallbacks");
    next_record = (int (*)(uint8_t *, size_t, struct record **))dlsym(cupti, "cuptiActivityGetNextRecord");
    flush_all = (int (*)(uint32_t))dlsym(cupti, "cuptiActivityFlushAll");
    if (enable == NULL || callbacks == NULL || next_record == NULL || flush_all == NULL || callbacks((void *)buffer_requested, (void *)buffer_completed) != 0
        || enable(concurrent_kernel_kind) != 0 || enable(memcpy_kind) != 0 || enable(memset_kind) != 0) {
        fprintf(stderr, "kernels: CUPTI does not answer\n");
        return 1;
    }
    atexit(report);
    return 1;
}
