# nsc_accelerate(TARGET [PROJECT nsc.json] [CACHE DIR]): what the project file asks for is made when TARGET is built, and each source of TARGET that
# it accelerates is replaced by the file with the surrogate. The build fails where a bound is broken. Needs CMake 3.20.

function(nsc_accelerate target)
    cmake_parse_arguments(PARSE_ARGV 1 NSC "" "PROJECT;CACHE" "")
    find_program(NSC_EXECUTABLE nsc REQUIRED)
    if(NOT NSC_PROJECT)
        set(NSC_PROJECT nsc.json)
    endif()

    get_filename_component(project "${NSC_PROJECT}" ABSOLUTE)
    get_filename_component(folder "${project}" DIRECTORY)
    set(made "${CMAKE_CURRENT_BINARY_DIR}/nsc-${target}")
    set(options "")
    if(NSC_CACHE)
        set(options --cache "${NSC_CACHE}")
    endif()

    file(MAKE_DIRECTORY "${made}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${project}")
    file(READ "${project}" json)
    set(outputs "")
    get_target_property(sources ${target} SOURCES)
    string(JSON functions LENGTH "${json}" functions)
    math(EXPR last_function "${functions} - 1")
    foreach(i RANGE ${last_function})
        string(JSON file GET "${json}" functions ${i} file)
        string(JSON kinds LENGTH "${json}" functions ${i} outputs)
        math(EXPR last_kind "${kinds} - 1")
        foreach(k RANGE ${last_kind})
            string(JSON kind MEMBER "${json}" functions ${i} outputs ${k})
            string(JSON output GET "${json}" functions ${i} outputs ${kind})
            list(APPEND outputs "${made}/${output}")
            if(kind STREQUAL "accelerated")
                _nsc_replace(sources "${folder}/${file}" "${made}/${output}")
            endif()
        endforeach()
    endforeach()

    add_custom_command(
        OUTPUT ${outputs}
        COMMAND "${NSC_EXECUTABLE}" build "${project}" -o "${made}" --depfile "${made}/nsc.d" ${options}
        DEPENDS "${project}"
        DEPFILE "${made}/nsc.d"
        COMMENT "nsc build ${NSC_PROJECT}"
        VERBATIM)
    set_property(TARGET ${target} PROPERTY SOURCES ${sources})
endfunction()

# Puts one source in the place of another one; headers in quotes are still found beside that.
function(_nsc_replace list original replacement)
    get_filename_component(original "${original}" ABSOLUTE)
    get_filename_component(folder "${original}" DIRECTORY)
    set(replaced "")
    foreach(source IN LISTS ${list})
        get_filename_component(full "${source}" ABSOLUTE)
        if(full STREQUAL original)
            set(source "${replacement}")
            set_property(SOURCE "${replacement}" APPEND PROPERTY INCLUDE_DIRECTORIES "${folder}")
        endif()

        list(APPEND replaced "${source}")
    endforeach()

    set(${list} "${replaced}" PARENT_SCOPE)
endfunction()
