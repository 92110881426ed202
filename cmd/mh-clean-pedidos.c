/* mh-clean-pedidos - mh-clean with the contract of pedidos built in. */
#include "cleaner.h"

int
main(int argc, char **argv)
{
	return cleaner_main("pedidos", argc, argv);
}
