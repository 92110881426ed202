#!/usr/bin/perl
# usage: expr.pl DIRECTORY [NUMBER [SEED]]
#
# Random expressions over random rows, for expr.t: the same ones every time.
#
#	rows.ndjson   the rows, as records
#	rows.sql      the same as a table
#	BATCH.args    expressions as NAME=EXPR, a zero byte behind each
#	BATCH.sql     a query for those whose value is another in PostgreSQL
use strict;
use warnings;

my ($dir, $number, $seed) = (@ARGV, 10000, 20261122);
my $batch = 250;
srand $seed;

sub one { $_[int rand @_] }
sub chance { rand() < $_[0] }

# --- the rows

my @columns = (
	(map { [ $_, 'numeric' ] } qw(n1 n2 n3 n4)),
	(map { [ $_, 'text' ] } qw(t1 t2 t3)),
	(map { [ $_, 'date' ] } qw(d1 d2)),
	(map { [ $_, 'boolean' ] } qw(b1 b2)),
);
my @texts = ('', 'a', 'A', 'ab', 'abab', 'Natal', 'São Paulo', 'ÁGUA', ' x ',
	'12', '12.5', '50%', 'a_b', "it's", 'a\\b', 'zz top', 'Brasília', 'x1y22');
my @dates = ('2024-02-29', '2024-12-30', '2023-01-01', '1999-12-31',
	'2020-02-28', '2021-01-03', '2026-11-22');

sub number
{
	my $scale = one(0, 0, 1, 2, 2, 3);
	my $n = one(0, 1, 2, 5, 7, 10, int rand 1000);

	$n .= '.' . join '', map { int rand 10 } 1 .. $scale if $scale;
	return $n;
}

sub value
{
	my $type = shift;

	return undef if chance(0.15);
	# JSON has a -0, SQL has none
	return ((chance(0.3) ? '-' : '') . number()) =~ s/^-(0(\.0*)?)$/$1/r
		if $type eq 'numeric';
	return one(@texts) if $type eq 'text';
	return one(@dates) if $type eq 'date';
	return one('true', 'false');
}

sub sql_text { my $s = shift; $s =~ s/'/''/g; "'$s'" }
sub json_text { my $s = shift; $s =~ s/([\\"])/\\$1/g; "\"$s\"" }

sub write_rows
{
	my ($json, $sql);

	open $json, '>', "$dir/rows.ndjson" or die;
	open $sql, '>', "$dir/rows.sql" or die;
	print $sql 'CREATE TABLE rows (id int', (map { ", $_->[0] $_->[1]" }
		@columns), ");\n";
	for my $id (1 .. 12) {
		my (@j, @s);
		for (@columns) {
			my ($name, $type) = @$_;
			my $v = value($type);
			my $bare = $type =~ /numeric|boolean/;
			push @j, json_text($name) . ':' . (!defined $v ? 'null'
				: $bare ? $v : json_text($v));
			push @s, !defined $v ? 'NULL' : $bare ? $v : sql_text($v);
		}
		print $json '{', join(',', "\"id\":$id", @j), "}\n";
		print $sql "INSERT INTO rows VALUES (", join(', ', $id, @s), ");\n";
	}
	close $json or die;
	close $sql or die;
}

# --- the expressions: no parentheses where both sides should need none

my %make;

sub expr
{
	my ($type, $depth) = @_;
	my $e = $make{$type}->($depth - 1);

	return chance(0.2) ? "($e)" : $e;
}

# One that goes as an operand of anything.
sub operand
{
	my ($type, $depth) = @_;

	return leaf($type) if $depth <= 0 || chance(0.3);
	return '(' . expr($type, $depth) . ')' if chance(0.5);
	return call($type, $depth);
}

sub member
{
	my $type = shift;
	return one(map { $_->[0] } grep { $_->[1] eq $type } @columns);
}

sub leaf
{
	my $type = shift;

	return member($type) if chance(0.7);
	return number() =~ s/^(\d{3})\d+/$1/r if $type eq 'numeric' && chance(0.5);
	return int rand 20 if $type eq 'numeric';
	return sql_text(one(@texts)) if $type eq 'text';
	return chance(0.1) ? 'today' : "date '" . one(@dates) . "'"
		if $type eq 'date';
	return one('true', 'false');
}

sub any_type { one('numeric', 'text', 'date') }

sub list
{
	my ($type, $depth, $n) = @_;
	return join ', ', map { operand($type, $depth) } 1 .. $n;
}

# The functions whose result has this type.
sub call
{
	my ($type, $depth) = @_;
	my $d = $depth - 1;
	my $of = sub { operand($_[0], $d) };

	return one(
		sub { 'coalesce(' . (chance(0.2) ? 'null, ' : '') . list($type, $d, 1 + int rand 3) . ')' },
		sub { 'nullif(' . list($type, $d, 2) . ')' },
		sub { 'if(' . expr('boolean', $d) . ', ' . list($type, $d, 2) . ')' },
	)->() if chance(0.3);
	return one('min', 'max') . '(' . list($type, $d, 2 + int rand 2) . ')'
		if $type ne 'boolean' && chance(0.2);
	return one(
		sub { 'abs(' . $of->('numeric') . ')' },
		sub { one('round', 'floor', 'ceil') . '(' . $of->('numeric') . ')' },
		sub { 'round(' . $of->('numeric') . ', ' . (int(rand 8) - 3) . ')' },
		sub { 'length(' . $of->('text') . ')' },
		sub { one(qw(year month day quarter week weekday)) . '(' .
			$of->('date') . ')' },
		sub { 'days_between(' . $of->('date') . ', ' . $of->('date') . ')' },
	)->() if $type eq 'numeric';
	return one(
		sub { one(qw(lower upper trim digits)) . '(' . $of->('text') . ')' },
		sub { 'substr(' . $of->('text') . ', ' . (int(rand 7) - 2) .
			(chance(0.6) ? ', ' . int rand 5 : '') . ')' },
		sub { 'replace(' . list('text', $d, 3) . ')' },
	)->() if $type eq 'text';
	return one(
		sub { "date_trunc('" . one(qw(year quarter month week day)) .
			"', " . $of->('date') . ')' },
		sub { 'add_days(' . $of->('date') . ', ' . (int(rand 800) - 400) .
			')' },
	)->() if $type eq 'date';
	my $t = any_type();
	return one(
		sub { one('starts_with', 'contains') . '(' . list('text', $d, 2) .
			')' },
		sub { 'matches(' . $of->('text') . ", '" . one('^[A-Z]', 'a+b?$',
			'[0-9]{2}', '(an|at)a?l', '^$', '\\.', 'o[^a-z]*P') . "')" },
		sub { 'not_null(' . $of->($t) . ')' },
		sub { 'between(' . list($t, $d, 3) . ')' },
		sub { 'accepted_values(' . list($t, $d, 2 + int rand 3) . ')' },
	)->();
}

%make = (
	# flat chains, in which precedence decides
	numeric => sub {
		my $d = shift;
		my $e = (chance(0.1) ? '-' : '') . operand('numeric', $d);
		my $factors = 0;
		for (1 .. int rand 4) {
			my $op = one('+', '-', '*', '/', '%', '+', '-');
			# or the digits would be too many in the end
			my $simple = $op eq '*' && ++$factors;
			$op = '+' if $factors > 2;
			$e .= " $op " . (chance(0.1) ? '- ' : '') .
				($simple ? member('numeric')
				: operand('numeric', $d));
		}
		return $e . (chance(0.03) ? ' + null' : '');
	},
	text => sub {
		my $d = shift;
		my $e = operand('text', $d);
		for (1 .. int rand 3) {
			my $t = one('text', 'text', 'date', 'boolean');
			$e .= ' || ' . operand($t, $d);
			# + goes before ||
			$e .= ' || ' . member('numeric') . ' + ' . operand(
				'numeric', $d) if chance(0.15);
		}
		return $e;
	},
	date => sub { my $d = shift; operand('date', $d) },
	boolean => sub {
		my $d = shift;
		my $e = condition($d);
		for (1 .. int rand 4) {
			$e .= ' ' . one('and', 'or') . ' ' .
				(chance(0.2) ? 'not ' : '') . condition($d);
		}
		# null stands only where SQL can tell its type
		$e .= ' ' . one('and', 'or') . ' null' if chance(0.05);
		$e = 'null ' . one('and', 'or') . " $e" if chance(0.05);
		return (chance(0.15) ? 'not ' : '') . $e;
	},
);

sub condition
{
	my $d = shift;
	my $t = any_type();
	my $a = $t eq 'date' || chance(0.4) ? operand($t, $d) : $make{$t}->($d - 1);
	my $b = $t eq 'date' || chance(0.4) ? operand($t, $d) : $make{$t}->($d - 1);
	my $not = chance(0.3) ? 'not ' : '';
	my $compare = one('=', '<>', '!=', '<', '<=', '>', '>=');

	return one(
		sub { operand('boolean', $d) },
		sub { "$a $compare $b" },
		sub { "$a $compare $b" },
		sub { "$a $compare $b is ${not}null" },
		sub { "$a is ${not}null" },
		sub { "$a $compare null" },
		sub { "$a ${not}between $b and " . operand($t, $d) },
		sub { "$a ${not}in (" . list($t, $d, 1 + int rand 3) . ')' },
		sub { $make{text}->($d - 1) . " ${not}like '" .
			one('%a%', 'a%', '_', '%', '', 'S_o%', '%\\%', 'a\\_b',
			'%b', '%a%b%', 'N____') . "'" },
		sub { operand('boolean', $d) . " $compare " . operand('boolean', $d) },
		# a predicate goes before a comparison
		sub { member('boolean') . " = " . operand($t, $d) .
			" ${not}in (" . list($t, $d, 2) . ')' },
	)->();
}

# --- the batches

sub sql_of
{
	my $e = shift;

	# names that are taken in SQL
	$e =~ s/\bbetween\(/mh_between(/g;
	$e =~ s/\btoday\b/date '2026-11-22'/g;
	return $e;
}

sub write_batch
{
	my ($k, @exprs) = @_;
	my ($args, $sql);
	my $i = 0;

	open $args, '>', "$dir/$k.args" or die;
	print $args map { 'e' . $i++ . "=$_\0" } @exprs;
	close $args or die;
	$i = 0;
	open $sql, '>', "$dir/$k.sql" or die;
	print $sql "SELECT r.id, v.e, g.j->>v.k, v.want\nFROM rows r JOIN got g " .
		"ON g.batch = $k AND (g.j->>'id')::int = r.id,\nLATERAL (VALUES\n",
		join(",\n", map { "('e" . $i++ . "', " . sql_text($_) . ', (' .
			sql_of($_) . ')::text)' } @exprs),
		")\nv(k, e, want) WHERE g.j->>v.k IS DISTINCT FROM v.want " .
		"OR NOT g.j ? v.k;\n";
	close $sql or die;
}

write_rows();
for (my $k = 0; $k * $batch < $number; $k++) {
	write_batch($k, map { expr(one('numeric', 'text', 'date', 'boolean',
		'boolean'), 4) } 1 .. $batch);
}
