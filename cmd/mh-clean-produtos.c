/* mh-clean-produtos - mh-clean with the contract of produtos built in. */
#include "cleaner.h"

int
main(int argc, char **argv)
{
	return cleaner_main("produtos", argc, argv);
}
