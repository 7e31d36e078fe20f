# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` installs, including a CMake package and a pkg-config file. Components help packagers: runtime
# is the program and its manual, library is the shared library that programs load, and development, together with
# library, is what compiling and linking need.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/iscc)
install(TARGETS iscc_static EXPORT isccTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
if(TARGET iscc_shared)
    install(TARGETS iscc_shared EXPORT isccTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
                                                           NAMELINK_COMPONENT development)
endif()
install(FILES src/core/include/iscc/iscc.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/iscc COMPONENT development)

install(EXPORT isccTargets NAMESPACE iscc:: DESTINATION ${package_folder} COMPONENT development)
configure_package_config_file(cmake/isccConfig.cmake.in ${PROJECT_BINARY_DIR}/isccConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
# Before 1.0 a minor version may change the interface; see docs/stability.md.
set(compatibility SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
    set(compatibility SameMinorVersion)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/isccConfigVersion.cmake COMPATIBILITY ${compatibility})
install(FILES ${PROJECT_BINARY_DIR}/isccConfig.cmake ${PROJECT_BINARY_DIR}/isccConfigVersion.cmake
        DESTINATION ${package_folder} COMPONENT development)

# The prefix is relative to the file itself, so that an installed tree can be moved.
set(pkgconfig_folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
if(IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
    set(pkgconfig_prefix ${CMAKE_INSTALL_PREFIX})
    set(pkgconfig_libdir ${CMAKE_INSTALL_LIBDIR})
else()
    file(RELATIVE_PATH pkgconfig_prefix /prefix/${pkgconfig_folder} /prefix)
    string(REGEX REPLACE "/$" "" pkgconfig_prefix "\${pcfiledir}/${pkgconfig_prefix}")
    set(pkgconfig_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(IS_ABSOLUTE ${CMAKE_INSTALL_INCLUDEDIR})
    set(pkgconfig_includedir ${CMAKE_INSTALL_INCLUDEDIR})
else()
    set(pkgconfig_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
if(ISCC_BLAKE3_ORIGIN STREQUAL "sources")
    set(pkgconfig_private "") # its objects are part of libiscc
else()
    set(pkgconfig_private "-lblake3")
endif()
configure_file(cmake/iscc.pc.in ${PROJECT_BINARY_DIR}/iscc.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/iscc.pc DESTINATION ${pkgconfig_folder} COMPONENT development)

if(TARGET iscc)
    install(TARGETS iscc RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
    foreach(section 1 5)
        file(GLOB pages CONFIGURE_DEPENDS man/*.${section})
        list(FILTER pages EXCLUDE REGEX "/iscc-mpi\\.1$")
        install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT runtime)
    endforeach()
    install(FILES docs/iscc.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/iscc COMPONENT runtime)
endif()
if(TARGET iscc-mpi)
    install(TARGETS iscc-mpi RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
    install(FILES man/iscc-mpi.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT runtime)
endif()
if(TARGET iscc_completions)
    set(completions ${PROJECT_BINARY_DIR}/completions)
    install(FILES ${completions}/iscc.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME iscc
            COMPONENT runtime)
    install(FILES ${completions}/iscc.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _iscc
            COMPONENT runtime)
    install(FILES ${completions}/iscc.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
            COMPONENT runtime)
endif()

# In a parent project, CMAKE_INSTALL_DOCDIR is that project's folder, and our README.md would overwrite its own.
if(top_level)
    # Each component has its own copy, in a folder of its own: two packages must not own one file.
    install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
    install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/libiscc COMPONENT library)
    install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/libiscc-dev COMPONENT development)
    install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
endif()
