/* mh-clean-clientes - mh-clean with the contract of clientes built in. */
#include "cleaner.h"

int
main(int argc, char **argv)
{
	return cleaner_main("clientes", argc, argv);
}
