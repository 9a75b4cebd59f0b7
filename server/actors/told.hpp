// What a device was told of something that is told whole whenever it changes, so that what changes nothing for its
// viewer says nothing. Owner: its Client.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "bus/bus.hpp"

namespace kindroom::actors {

template <class View>
class Told {
  public:
    // Whether the viewer sees something else by now than what was queued last.
    bool changes(const View& view) const { return !queued_ || *queued_ != view; }
    // It waits to be written: `view` is what the viewer sees of `publication` (null: of an answer), by their outlook.
    void queue(View view, bus::PublicationPtr publication, std::uint32_t outlook) {
        if (changes(view)) queued_ = std::make_shared<const View>(std::move(view));
        publication_ = std::move(publication);
        outlook_ = outlook;
    }
    // What was queued last, if it is of this publication and the viewer still looks at it as they did; null otherwise.
    std::shared_ptr<const View> queued(const bus::PublicationPtr& publication, std::uint32_t outlook) const {
        return publication_ == publication && outlook_ == outlook ? queued_ : nullptr;
    }
    // `view` is what the viewer sees of the publication that was queued, now that its turn has come. Returns whether
    // that is new to the device: then it is written.
    bool write(std::shared_ptr<const View> view, const bus::PublicationPtr& publication) {
        // What follows is measured by what they saw in the end of what was queued last.
        if (publication_ == publication) queued_ = view;
        if (written_ && (written_ == view || *written_ == *view)) return false;
        written_ = std::move(view);
        return true;
    }

  private:
    std::shared_ptr<const View> queued_;
    bus::PublicationPtr publication_;
    // Of the Client.
    std::uint32_t outlook_ = 0;
    std::shared_ptr<const View> written_;
};

}  // namespace kindroom::actors
