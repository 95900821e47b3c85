# finish - what Debian wants of files that lie ready to be packed: manuals and
# the changelog compressed, the same bytes from the same sources.

# Without it cpack makes a package that depends on no library, and says so in
# one line among many.
find_program(shlibdeps dpkg-shlibdeps REQUIRED)

file(GLOB_RECURSE pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/*.[1-8])
file(GLOB changelog ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/sluis/changelog)
foreach(file ${pages} ${changelog})
	execute_process(COMMAND gzip -9nf ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
