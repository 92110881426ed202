# mh: make, make check, make install. All output goes to build/.

PREFIX  ?= /usr/local
BINDIR   = $(DESTDIR)$(PREFIX)/bin
MANDIR   = $(DESTDIR)$(PREFIX)/share/man
DATADIR  = $(DESTDIR)$(PREFIX)/share/mh
VERSION := $(shell sed -n 's/.*MH_VERSION "\(.*\)"/\1/p' lib/mh.h)

B       ?= build
CC      ?= cc
PG_CPPFLAGS := -I$(shell pg_config --includedir 2>/dev/null)
WARN     = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes
HARDEN   = -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
           -fstack-clash-protection -fPIE
OPT      = -O2 $(HARDEN)
LDOPT    = -pie -Wl,-z,relro,-z,now
CFLAGS  ?= -g
LANGUAGE = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -Ilib \
           $(PG_CPPFLAGS)
ALL_CFLAGS = $(LANGUAGE) $(OPT) $(WARN) $(CFLAGS)

PROGRAMS := $(notdir $(basename $(wildcard cmd/mh-*.c)))
# these bring a library with them: only their users link them
ASIDE    := csvin db hmac
LIB_SRC  := $(filter-out $(ASIDE:%=lib/%.c) $(wildcard lib/db_*.c),$(wildcard lib/*.c))
DB_OBJ   := $(patsubst lib/%.c,$(B)/lib/%.o,$(wildcard lib/db*.c))
LIB_OBJ  := $(LIB_SRC:lib/%.c=$(B)/lib/%.o) $(B)/embed.o
BINS     := $(PROGRAMS:%=$(B)/bin/%)
UNITS    := $(patsubst tests/unit/%.c,$(B)/unit/%.t,$(wildcard tests/unit/*.c))
EMBEDS   := $(wildcard lib/contracts/*.contract lib/sql/*.sql)
MANS     := $(wildcard man/*.[157])

.PHONY: all bin check check-asan lint format install uninstall dist clean \
	demo bootstrap units bench perfcheck
all: bin
bin: $(BINS)
units: $(UNITS)

$(B)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/cmd/%.o: cmd/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/embed.c: scripts/embed $(EMBEDS)
	@mkdir -p $(@D)
	scripts/embed $(EMBEDS) >$@.tmp && mv $@.tmp $@

$(B)/embed.o: $(B)/embed.c lib/embed.h
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/libmh.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(B)/bin/mh-from-csv: $(B)/lib/csvin.o
$(B)/bin/mh-from-csv: LDLIBS += -lcsv
$(B)/bin/mh-mask $(B)/unit/hmac.t: $(B)/lib/hmac.o
$(B)/bin/mh-mask $(B)/unit/hmac.t: LDLIBS += -lcrypto
$(B)/bin/mh-audit $(B)/bin/mh-extract $(B)/bin/mh-load: $(DB_OBJ)
$(B)/bin/mh-audit $(B)/bin/mh-extract $(B)/bin/mh-load: LDLIBS += -lpq

$(B)/bin/%: $(B)/cmd/%.o $(B)/libmh.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDOPT) $(LDFLAGS) -o $@ \
	    $(filter-out %.a,$^) $(B)/libmh.a $(LDLIBS)

$(B)/unit/%.t: tests/unit/%.c tests/unit/tap.h $(B)/libmh.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(LDOPT) $(LDFLAGS) -o $@ \
	    $< $(filter %.o,$^) $(B)/libmh.a $(LDLIBS)

# what is made on the way to something else is kept
.SECONDARY:

-include $(wildcard $(B)/lib/*.d $(B)/cmd/*.d $(B)/unit/*.d)

# The sub-makes begin after bootstrap: only then is pg_config surely there.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

bootstrap:
	scripts/bootstrap

check:
	scripts/bootstrap build check
	$(MAKE) $(JOBS) bin units
	B=$(B) tests/all

# Programs end without freeing, so leaks are no news; 99 is nobody's status.
check-asan: export ASAN_OPTIONS = detect_leaks=0:exitcode=99:allocator_may_return_null=1
check-asan: export UBSAN_OPTIONS = print_stacktrace=1
# for tests that measure memory or time
check-asan: export MH_SANITIZED = 1
check-asan:
	$(MAKE) check B=$(B)/asan LDOPT= OPT="-O1 -fno-omit-frame-pointer \
	    -fsanitize=address,undefined -fno-sanitize-recover=all"

lint:
	scripts/bootstrap build lint
	LINT_FLAGS="$(LANGUAGE)" scripts/lint

format:
	clang-format -i lib/*.[ch] cmd/*.c tests/unit/*.[ch]

# side by side with others; scripts/bench/README.md
bench:
	scripts/bootstrap build
	$(MAKE) $(JOBS) bin
	B=$(B) CC="$(CC)" scripts/bench/run $(BENCH_FLAGS)

# instructions per record; ACCEPT=--accept makes them the known ones
perfcheck:
	scripts/bootstrap build perf
	$(MAKE) $(JOBS) bin
	B=$(B) CC="$(CC)" PERF_FLAGS="$(OPT) $(CFLAGS)" \
	    scripts/perf/check $(ACCEPT)

demo:
	scripts/bootstrap build
	$(MAKE) $(JOBS) bin
	BIN=$(B)/bin scripts/demo

# What pipelines.sh reads keeps its place beside it, in $(DATADIR); these
# scripts are for those who work on the programs.
FOR_US    = $(addprefix scripts/,bootstrap bench demo embed lint perf)
SHARED    = $(wildcard pipelines.sh .env.example scripts/gold/*.sh \
            scripts/cluster/* lib/sql/*.sql) \
            $(filter-out $(FOR_US),$(wildcard scripts/*))
CONTRACTS = $(wildcard lib/contracts/*.contract)

install: bin
	install -d "$(BINDIR)" "$(DATADIR)/contracts"
	install -m 755 $(BINS) "$(BINDIR)"
	for m in $(MANS); do \
		d="$(MANDIR)/man$${m##*.}"; \
		install -d "$$d" && install -m 644 "$$m" "$$d" || exit; \
	done
	for f in $(CONTRACTS); do \
		install -m 644 "$$f" "$(DATADIR)/contracts" || exit; \
	done
	for f in $(SHARED); do \
		[ -f "$$f" ] || continue; \
		m=644; [ ! -x "$$f" ] || m=755; \
		install -D -m $$m "$$f" "$(DATADIR)/$$f" || exit; \
	done

uninstall:
	cd "$(BINDIR)" && rm -f $(PROGRAMS)
	for m in $(MANS:man/%=%); do \
		rm -f "$(MANDIR)/man$${m##*.}/$$m"; \
	done
	rm -rf "$(DATADIR)"

dist:
	@mkdir -p $(B)
	git archive --prefix=mh-$(VERSION)/ HEAD | \
	    gzip -9n >$(B)/mh-$(VERSION).tar.gz

clean:
	rm -rf build
