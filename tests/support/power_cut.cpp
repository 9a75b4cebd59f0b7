#include "support/power_cut.hpp"

#include <algorithm>
#include <fstream>

namespace kindroom::test {
namespace {

constexpr std::size_t sector_bytes = 512;

}  // namespace

void PowerCut::happen(const DiskEvent& event) {
    const auto name = std::filesystem::path(event.file).filename().string();
    File& file = files_[name];
    switch (event.kind) {
        case DiskEvent::Kind::write:
        case DiskEvent::Kind::truncate:
            file.unsynced.push_back(&event);
            return;
        case DiskEvent::Kind::sync:
            for (const DiskEvent* write : file.unsynced) apply(file.durable, *write, write->data.size());
            file.unsynced.clear();
            return;
        case DiskEvent::Kind::remove:
            if (event.offset == 1) {
                files_.erase(name);
            } else {
                file.unsynced.push_back(&event);
            }
            return;
    }
}

// The first `bytes` bytes of a write, or the whole of anything else.
void PowerCut::apply(Bytes& content, const DiskEvent& event, std::size_t bytes) {
    const auto offset = static_cast<std::size_t>(event.offset);
    switch (event.kind) {
        case DiskEvent::Kind::write:
            content.resize(std::max(content.size(), offset + bytes));
            std::copy_n(event.data.begin(), bytes, content.begin() + static_cast<std::ptrdiff_t>(offset));
            return;
        case DiskEvent::Kind::truncate:
            content.resize(offset);
            return;
        case DiskEvent::Kind::remove:
            content.clear();
            return;
        case DiskEvent::Kind::sync:
            return;
    }
}

Bytes PowerCut::remains_of(const File& file) {
    Bytes content = file.durable;
    for (const DiskEvent* event : file.unsynced) {
        switch (chance_() % 3) {
            case 0:
                break;
            case 1:
                apply(content, *event, event->data.size());
                break;
            case 2: {
                const auto sectors = chance_() % (event->data.size() / sector_bytes + 1);
                if (event->kind == DiskEvent::Kind::write) apply(content, *event, sectors * sector_bytes);
                break;
            }
        }
    }
    return content;
}

void PowerCut::leave_behind(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) std::filesystem::remove(entry.path());
    for (const auto& [name, file] : files_) {
        const Bytes content = remains_of(file);
        // A file of which nothing arrived may as well not be there.
        if (content.empty()) continue;
        std::ofstream(folder / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    }
}

}  // namespace kindroom::test
