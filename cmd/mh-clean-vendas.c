/* mh-clean-vendas - mh-clean with the contract of vendas built in. */
#include "cleaner.h"

int
main(int argc, char **argv)
{
	return cleaner_main("vendas", argc, argv);
}
