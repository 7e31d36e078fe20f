# SPDX-License-Identifier: Apache-2.0
# The warnings for the project's own code, as a target to link privately.
add_library(iscc_warnings INTERFACE)
target_compile_options(
    iscc_warnings
    INTERFACE -Wall
              -Wextra
              -Wpedantic
              -Wshadow
              -Wconversion
              -Wstrict-prototypes
              -Wmissing-prototypes
              -Wcast-qual
              -Wformat=2
              -Wundef
              -Wvla)
if(ISCC_WERROR)
    target_compile_options(iscc_warnings INTERFACE -Werror)
endif()
