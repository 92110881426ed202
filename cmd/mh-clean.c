/* mh-clean - put records into the shape that their contract says. */
#include <stddef.h>

#include "cleaner.h"

int
main(int argc, char **argv)
{
	return cleaner_main(NULL, argc, argv);
}
