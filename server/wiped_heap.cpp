// What is given back is overwritten. Words, names and passphrases pass through strings, buffers and connections without
// number; none of them is left behind in memory that is nobody's any more, where an image of the process would show it
// (PROMISES P12). A sanitizer has ways of its own with memory, so there it is left to that.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

void* operator new(std::size_t size) {
    while (true) {
        if (void* place = std::malloc(size)) return place;
        const std::new_handler handler = std::get_new_handler();
        if (!handler) throw std::bad_alloc();
        handler();
    }
}

// All others of the library's come to these, but for those of over-aligned types, which hold no texts.
void operator delete(void* place) noexcept {
    if (!place) return;
    ::explicit_bzero(place, ::malloc_usable_size(place));
    std::free(place);
}
void operator delete(void* place, std::size_t) noexcept { operator delete(place); }

#endif
