/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of libarchive, which is loaded only where archives are read: linking it would make every start of the
 * program five milliseconds slower.
 */
#ifndef ARCHIVE_LIBRARY_H
#define ARCHIVE_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>

/* Without their prefix `archive_`. */
#define ARCHIVE_FUNCTIONS(function)                                                                                    \
    function(read_new) function(read_free) function(read_support_filter_gzip) function(read_support_filter_bzip2)      \
        function(read_support_filter_xz) function(read_support_filter_lzma) function(read_support_filter_zstd)         \
            function(read_support_filter_lz4) function(read_support_filter_rpm) function(read_support_format_raw)      \
                function(read_support_format_empty) function(read_support_format_tar)                                  \
                    function(read_support_format_cpio) function(read_support_format_ar)                                \
                        function(read_support_format_zip_seekable) function(read_support_format_7zip)                  \
                            function(read_support_format_iso9660) function(read_set_read_callback)                     \
                                function(read_set_seek_callback) function(read_set_skip_callback)                      \
                                    function(read_set_callback_data) function(read_open1) function(read_next_header)   \
                                        function(read_data_block) function(read_has_encrypted_entries)                 \
                                            function(entry_pathname) function(entry_hardlink) function(entry_filetype) \
                                                function(entry_size) function(entry_size_is_set) function(entry_nlink) \
                                                    function(entry_dev) function(entry_ino64)                          \
                                                        function(entry_is_encrypted)

struct archive_library {
#define ARCHIVE_MEMBER(name) __typeof__(archive_##name) *name;
    ARCHIVE_FUNCTIONS(ARCHIVE_MEMBER)
#undef ARCHIVE_MEMBER
};

/* Loads the library. Returns NULL if it is not installed or lacks a function. Call from one thread. */
const struct archive_library *archive_library_load(void);

#endif
