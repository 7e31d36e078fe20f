# SPDX-License-Identifier: Apache-2.0
# Sanitizer flags for every C source of the build, including those of BLAKE3.
if(ISCC_SANITIZE)
    string(REPLACE ";" "," sanitizers "${ISCC_SANITIZE}")
    add_compile_options("$<$<COMPILE_LANGUAGE:C>:-fsanitize=${sanitizers}>"
                        "$<$<COMPILE_LANGUAGE:C>:-fno-sanitize-recover=all>"
                        "$<$<COMPILE_LANGUAGE:C>:-fno-omit-frame-pointer>")
    add_link_options(-fsanitize=${sanitizers})
endif()
if(ISCC_FUZZ)
    # Only the fuzz targets link libFuzzer's main (tests/fuzz); all code is instrumented for coverage.
    add_compile_options("$<$<COMPILE_LANGUAGE:C>:-fsanitize=fuzzer-no-link>")
    add_link_options(-fsanitize=fuzzer-no-link)
endif()
