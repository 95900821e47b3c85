# The Debian package: "cpack -G DEB" in the build folder, after the build.
# contrib/package/try installs it on a fresh system.
#
# What lies outside the prefix (/etc, units) is the component "host": nothing
# but the package installs it.

set(package_work ${CMAKE_BINARY_DIR}/package)
set(package_source ${CMAKE_SOURCE_DIR}/contrib/package)
string(TIMESTAMP package_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
string(TIMESTAMP package_year "%Y" UTC)

# Settings as they are right for /usr and /etc.
file(READ conf/master.cf text)
string(REPLACE "/usr/local/bin/" "/usr/bin/" text "${text}")
file(CONFIGURE OUTPUT ${package_work}/master.cf CONTENT "${text}" @ONLY)
file(READ conf/sluis.yaml text)
string(REPLACE "#folders:\n" "folders:\n" text "${text}")
string(REGEX REPLACE "\n#  rules: \"\"[^\n]*" "\n  rules: rules.yaml             # rules of classify"
	text "${text}")
file(CONFIGURE OUTPUT ${package_work}/sluis.yaml CONTENT "${text}" @ONLY)
configure_file(${package_source}/copyright ${package_work}/copyright @ONLY)
configure_file(${package_source}/changelog ${package_work}/changelog @ONLY)

macro(host_files folder)
	install(FILES ${ARGN} DESTINATION ${folder} COMPONENT host EXCLUDE_FROM_ALL)
endmacro()
file(GLOB units conf/units/*.service conf/units/*.timer)
host_files(../etc/sluis ${package_work}/sluis.yaml ${package_work}/master.cf conf/rules.yaml
	conf/procmailrc)
host_files(../etc/logcheck/ignore.d.server conf/logcheck/sluis)
host_files(../etc/apparmor.d conf/apparmor/usr.bin.sluis-intake conf/apparmor/usr.bin.sluis-send)
host_files(../lib/systemd/system ${units})
host_files(lib/tmpfiles.d conf/units/sluis.conf)
host_files(share/doc/sluis README ${package_work}/copyright ${package_work}/changelog)
host_files(share/lintian/overrides ${package_source}/overrides/sluis)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sluis)
set(CPACK_PACKAGE_VENDOR sluis)
set(CPACK_PACKAGE_CONTACT "sluis maintainers <sluis@sluis.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "mail programs for the disclosure inboxes of a CSIRT")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Sluis stands between people who report security problems and the
organisations that have them. It opens the mail, says what it is, files it in
a case in PostgreSQL, tells the analysts by encrypted mail, and passes on what
they release, encrypted to the key of whoever may read it.")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_CMAKE_PROJECTS
	"${CMAKE_BINARY_DIR};sluis;Unspecified;/;${CMAKE_BINARY_DIR};sluis;host;/")
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${package_source}/finish.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
	"adduser, gnupg (>= 2.2), gpg-agent (>= 2.2), libexttextcat-data, libgpgme11 (>= 1.18), publicsuffix, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postgresql (>= 14)")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postfix (>= 3.5), procmail, apparmor, logcheck")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${package_source}/postinst ${package_source}/prerm
	${package_source}/postrm ${package_source}/conffiles)
include(CPack)
