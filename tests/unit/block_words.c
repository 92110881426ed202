/* block_words - the same as block, for machines without SSE2. */
#undef __SSE2__
#include "block.c"
