using System.Text;

namespace ChatAnalysis.Grains.Embedding.Tokenizer;

/// <summary>
/// BERT's uncased tokenizer (Devlin et al., 2018; WordPiece as in Wu et al., 2016, greedy and longest first). Its tokens equal
/// those of Hugging Face's tokenizers. It allocates nothing a text; any number of threads may use it at once.
/// </summary>
internal sealed class WordPieceTokenizer
{
    private const int LongestWord = 100;
    private const byte EndsWord = 0x80;
    private const byte AsciiSpace = EndsWord, AsciiRemoved = EndsWord | 1, AsciiPunctuation = EndsWord | 2, NotAscii = EndsWord | 3;

    private static readonly string[] SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly WordPieceVocabulary _vocabulary;
    private readonly UnicodeTable _unicode = UnicodeTable.Shared;
    private readonly (string Text, int Id)[] _special;
    private readonly int _unknown, _start, _end;

    // What each ASCII character does: its lower case, or one of the codes above; and its own token where it is punctuation.
    private readonly byte[] _ascii = new byte[128];
    private readonly int[] _asciiTokens = new int[128];

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="vocabulary">One that has the <see cref="NeededTokens"/>.</param>
    public WordPieceTokenizer(WordPieceVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _special = [.. SpecialTokens.Select(text => (text, vocabulary.Find(text))).Where(t => t.Item2 >= 0)];
        (_unknown, _start, _end) = (vocabulary.Find("[UNK]"), vocabulary.Find("[CLS]"), vocabulary.Find("[SEP]"));
        for (var c = 0; c < _ascii.Length; c++)
        {
            _ascii[c] = _unicode.ClassOf(c, out var replacement) switch
            {
                CharacterClass.Space => AsciiSpace,
                CharacterClass.Removed => AsciiRemoved,
                CharacterClass.Punctuation => AsciiPunctuation,
                _ => (byte)replacement,
            };
            var token = vocabulary.Find(((char)c).ToString());
            _asciiTokens[c] = token < 0 ? _unknown : token;
        }
    }

    /// <summary>The special tokens that a vocabulary must have.</summary>
    public static IReadOnlyList<string> NeededTokens { get; } = ["[UNK]", "[CLS]", "[SEP]"];

    /// <summary>Turns a text into token ids, [CLS] and [SEP] included. What does not fit is cut off, and not even looked at.</summary>
    /// <param name="text">Any text; halves of surrogate pairs count as not there.</param>
    /// <param name="ids">Takes the ids; as long as the model allows, at least 2.</param>
    /// <returns>How many there are.</returns>
    public int Encode(ReadOnlySpan<char> text, Span<int> ids)
    {
        var word = new Word(_vocabulary, _unknown, stackalloc char[Word.Capacity], stackalloc uint[Word.Capacity], ids[..^1]);
        word.Emit(_start);
        for (var i = 0; i < text.Length && !word.Full; i++)
        {
            var c = text[i];
            var code = c < 128 ? _ascii[c] : NotAscii;
            if (code < EndsWord)
            {
                word.Append((char)code);
            }
            else if (code == AsciiSpace)
            {
                word.End();
            }
            else if (code == AsciiPunctuation)
            {
                word.End();
                if (c == '[' && SpecialAt(text[i..], out var length) is var token and >= 0)
                {
                    word.Emit(token);
                    i += length - 1;
                }
                else
                {
                    word.Emit(_asciiTokens[c]);
                }
            }
            else if (code == NotAscii)
            {
                if (Rune.DecodeFromUtf16(text[i..], out var rune, out var used) == System.Buffers.OperationStatus.Done)
                    Append(ref word, rune.Value);
                i += used - 1;
            }
        }

        word.End();
        ids[word.Tokens] = _end;
        return word.Tokens + 1;
    }

    private void Append(ref Word word, int character)
    {
        switch (_unicode.ClassOf(character, out var replacement))
        {
            case CharacterClass.Word:
                word.Append(replacement);
                break;
            case CharacterClass.Several:
                Span<int> parts = stackalloc int[4];
                foreach (var part in parts[.._unicode.Decompose(character, parts)])
                    word.Append(part);
                break;
            case CharacterClass.Space:
                word.End();
                break;
            case CharacterClass.Punctuation:
                word.End();
                word.Append(replacement);
                word.End();
                break;
            case CharacterClass.Removed:
                break;
        }
    }

    /// <summary>The special token that a text begins with, as written, in capitals; -1 where there is none.</summary>
    private int SpecialAt(ReadOnlySpan<char> text, out int length)
    {
        foreach (var (token, id) in _special)
        {
            length = token.Length;
            if (text.StartsWith(token, StringComparison.Ordinal))
                return id;
        }

        length = 0;
        return -1;
    }

    /// <summary>The word being read, and the tokens found so far.</summary>
    private ref struct Word(WordPieceVocabulary vocabulary, int unknown, Span<char> letters, Span<uint> hashes, Span<int> ids)
    {
        /// <summary>Letters of the longest word that has pieces: each may be a surrogate pair.</summary>
        public const int Capacity = 2 * LongestWord;

        private readonly Span<char> _letters = letters;
        private readonly Span<uint> _hashes = hashes;
        private readonly Span<int> _ids = ids;
        private uint _hash = WordPieceVocabulary.WordStart;
        private int _length, _characters;

        public int Tokens { get; private set; }

        public readonly bool Full => Tokens == _ids.Length;

        public void Emit(int token)
        {
            if (!Full)
                _ids[Tokens++] = token;
        }

        public void Append(char letter)
        {
            if (++_characters <= LongestWord)
                Store(letter);
        }

        public void Append(int character)
        {
            if (++_characters > LongestWord)
                return;
            if (character < 0x10000)
            {
                Store((char)character);
                return;
            }

            Store((char)(0xD7C0 + (character >> 10)));
            Store((char)(0xDC00 + (character & 0x3FF)));
        }

        /// <summary>Ends the word, if there is one, and adds its pieces; or the unknown token, if any part of it has none.</summary>
        public void End()
        {
            if (_characters == 0)
                return;
            var before = Tokens;
            if (_characters > LongestWord || !AddPieces())
            {
                Tokens = before;
                Emit(unknown);
            }

            (_hash, _length, _characters) = (WordPieceVocabulary.WordStart, 0, 0);
        }

        private void Store(char letter)
        {
            _hash = WordPieceVocabulary.Grow(_hash, letter);
            _letters[_length] = letter;
            _hashes[_length++] = _hash;
        }

        private bool AddPieces()
        {
            var kind = WordPieceVocabulary.WordStart;
            for (var from = 0; from < _length;)
            {
                var to = Math.Min(_length, from + vocabulary.LongestPiece);
                if (from > 0)
                    HashFrom(from, to);
                var token = -1;
                for (; to > from && token < 0; to--)
                    token = vocabulary.Find(_letters[from..to], _hashes[to - 1], kind);
                if (token < 0)
                    return false;
                Emit(token);
                from = to + 1;
                kind = WordPieceVocabulary.Continuation;
            }

            return true;
        }

        private readonly void HashFrom(int from, int to)
        {
            var grown = WordPieceVocabulary.Continuation;
            for (var i = from; i < to; i++)
                _hashes[i] = grown = WordPieceVocabulary.Grow(grown, _letters[i]);
        }
    }
}
