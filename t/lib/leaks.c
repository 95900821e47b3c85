/* leaks - what a sanitizer is not to tell of: memory that others keep to the end */

const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

/* fontconfig has read its fonts, and is not asked to forget them. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}
