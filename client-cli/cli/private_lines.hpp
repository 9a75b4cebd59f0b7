// A new file that only its owner may read, line by line.
#pragma once

#include <google/protobuf/message.h>
#include <string>

namespace kindroom::cli {

class PrivateLines {
  public:
    // Never over a file that is there.
    explicit PrivateLines(std::string path);
    PrivateLines(const PrivateLines&) = delete;
    PrivateLines& operator=(const PrivateLines&) = delete;
    ~PrivateLines();

    // The message as one line of JSON.
    void add(const google::protobuf::Message& message);
    bool is_well() const { return trouble_.empty(); }
    // Why not, as a sentence.
    const std::string& trouble() const { return trouble_; }
    // Takes away what was written; a file of others stays.
    void discard();

  private:
    void fail(const char* what);

    const std::string path_;
    int file_ = -1;
    std::string trouble_;
};

}  // namespace kindroom::cli
