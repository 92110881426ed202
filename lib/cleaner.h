/*
 * cleaner - the command line that mh-clean and every mh-clean-ENTITY share.
 */
#ifndef CLEANER_H
#define CLEANER_H

/*
 * The whole of a cleaning program. `entity` names a built-in contract; NULL:
 * -c FILE says which. Gives the exit status.
 */
int cleaner_main(const char *entity, int argc, char **argv);

#endif
