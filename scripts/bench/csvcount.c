/*
 * csvcount - the rows and fields of CSV on standard input, by libcsv alone:
 * the limit of every program that stands on it.
 */
#include <csv.h>
#include <stdio.h>
#include <unistd.h>

static void
count_field(void *field, size_t n, void *counts)
{
	(void)field;
	(void)n;
	((unsigned long *)counts)[0]++;
}

static void
count_row(int end, void *counts)
{
	(void)end;
	((unsigned long *)counts)[1]++;
}

int
main(void)
{
	static char block[256 * 1024];
	unsigned long counts[2] = { 0, 0 };
	struct csv_parser csv;
	ssize_t n;

	if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return 1;
	while ((n = read(STDIN_FILENO, block, sizeof(block))) > 0) {
		if (csv_parse(&csv, block, (size_t)n, count_field, count_row,
			counts) != (size_t)n)
			return 1;
	}
	if (n != 0 || csv_fini(&csv, count_field, count_row, counts) != 0)
		return 1;
	csv_free(&csv);
	return printf("%lu fields, %lu rows\n", counts[0], counts[1]) < 0;
}
