#!/usr/bin/perl
# Writes unicode.txt: what the tokenizer does with each character beyond ASCII, in BERT's uncased normalisation.
# usage: perl unicode.pl > unicode.txt     (Perl 5.36 knows Unicode 14)
#
# FROM-TO CLASS            removed | punctuation | ideograph; a character that is not named belongs to a word
# FROM-TO/STEP DELTA       is replaced by the character DELTA further on; STEP 2: every second one
# FROM > A B               is replaced by several, all of which belong to words
#
# A replacement is the canonical decomposition (NFD) without non-spacing marks, in lower case; the class is the replacement's,
# but an ideograph is told by the character itself. White space (few, and never changing) and Hangul syllables (an algorithm)
# are in UnicodeTable.cs. General categories are those of Unicode 9, which is what the reference tokenizer's tables agree with:
# characters knowner than that count as parts of words.
use strict;
use warnings;
use Unicode::Normalize qw(NFD);

my (@class, %to, @several);
for my $c (0x80 .. 0x10FFFF) {
    next if $c >= 0xD800 && $c <= 0xDFFF || $c >= 0xAC00 && $c <= 0xD7A3;
    my $char = chr $c;
    if ($c == 0xFFFD || known($char) && $char =~ /[\p{Cc}\p{Cf}\p{Co}\p{Mn}]/) { $class[$c] = 'removed'; next }
    my @mapped = map { split //, lc } grep { !(known($_) && /\p{Mn}/) } split //, NFD($char);
    if (!@mapped) { $class[$c] = 'removed'; next }
    my $ideograph = $c >= 0x4E00 && $c <= 0x9FFF || $c >= 0x3400 && $c <= 0x4DBF || $c >= 0x20000 && $c <= 0x2A6DF
        || $c >= 0x2A700 && $c <= 0x2B81F || $c >= 0x2B920 && $c <= 0x2CEAF || $c >= 0xF900 && $c <= 0xFAFF || $c >= 0x2F800 && $c <= 0x2FA1F;
    if (@mapped > 1) {
        die sprintf "%X has several, and is no part of a word\n", $c if $ideograph || grep { punctuation($_) } @mapped;
        push @several, sprintf "%X > %s", $c, join ' ', map { sprintf '%X', ord } @mapped;
        next;
    }
    $class[$c] = $ideograph ? 'ideograph' : punctuation($mapped[0]) ? 'punctuation' : undef;
    $to{$c} = ord($mapped[0]) - $c if ord $mapped[0] != $c;
}

print "# Written by unicode.pl\n";
for (my $c = 0; $c < @class; $c++) {
    next unless my $class = $class[$c];
    my $end = $c;
    $end++ while defined $class[$end + 1] && $class[$end + 1] eq $class;
    printf "%X-%X %s\n", $c, $end, $class;
    $c = $end;
}
for my $c (sort { $a <=> $b } keys %to) {
    next unless defined(my $delta = $to{$c});
    my ($step) = grep { ($to{$c + $_} // 0) == $delta } 1, 2;
    my $end = $c;
    while ($step && ($to{$end + $step} // 0) == $delta) { $end += $step; delete $to{$end} }
    printf "%X-%X/%d %d\n", $c, $end, $step // 1, $delta;
}
print "$_\n" for @several;

# Whether Unicode 9 has it.
sub known { $_[0] =~ /\p{Present_In: 9.0}/ }
sub punctuation { known($_[0]) && $_[0] =~ /[\p{P}!-\/:-@\[-`{-~]/ }
