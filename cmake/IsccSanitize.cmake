# SPDX-License-Identifier: Apache-2.0
# Sanitizer flags for every C source of the build, those of BLAKE3 included.
if(ISCC_SANITIZE)
    string(REPLACE ";" "," sanitizers "${ISCC_SANITIZE}")
    add_compile_options("$<$<COMPILE_LANGUAGE:C>:-fsanitize=${sanitizers}>"
                        "$<$<COMPILE_LANGUAGE:C>:-fno-sanitize-recover=all>"
                        "$<$<COMPILE_LANGUAGE:C>:-fno-omit-frame-pointer>")
    add_link_options(-fsanitize=${sanitizers})
endif()
if(ISCC_FUZZ)
    # Only the targets get libFuzzer's main (tests/fuzz); all code tells it which way it takes.
    add_compile_options("$<$<COMPILE_LANGUAGE:C>:-fsanitize=fuzzer-no-link>")
    add_link_options(-fsanitize=fuzzer-no-link)
endif()
