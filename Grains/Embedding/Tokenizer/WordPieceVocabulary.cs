using System.Numerics;

namespace ChatAnalysis.Grains.Embedding.Tokenizer;

/// <summary>A WordPiece vocabulary: which piece has which id. Found by a hash of the piece that grows letter by letter.</summary>
internal sealed class WordPieceVocabulary
{
    /// <summary>Begins the hash of a piece that begins a word.</summary>
    public const uint WordStart = 0x811C9DC5;

    /// <summary>Begins the hash of a piece that goes on with a word; the vocabulary marks it with two number signs.</summary>
    public const uint Continuation = 0x2F0B4C47;

    private readonly string _text;
    private readonly Slot[] _slots;
    private readonly int _shift;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="text">One piece a line; its id is the line's number, from 0.</param>
    public WordPieceVocabulary(string text)
    {
        _text = text;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * text.AsSpan().Count('\n') + 2));
        _slots = new Slot[size];
        _shift = 32 - BitOperations.Log2((uint)size);
        for (var start = 0; start < text.Length; Count++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            Add(start, end > start && text[end - 1] == '\r' ? end - 1 : end, id: Count);
            start = end + 1;
        }
    }

    /// <summary>Pieces.</summary>
    public int Count { get; private set; }

    /// <summary>Characters of the longest piece.</summary>
    public int LongestPiece { get; private set; }

    /// <summary>Goes on with a hash: FNV-1a, a character at a time.</summary>
    public static uint Grow(uint hash, char letter) => (hash ^ letter) * 0x01000193;

    /// <summary>The id of a special token such as [CLS]; -1 where there is none.</summary>
    public int Find(string piece) => Find(piece, Hash(WordStart, piece), WordStart);

    /// <summary>The id of a piece; -1 where there is none.</summary>
    /// <param name="piece">Its letters, without number signs.</param>
    /// <param name="hash">Of these letters.</param>
    /// <param name="kind"><see cref="WordStart"/> or <see cref="Continuation"/>.</param>
    public int Find(ReadOnlySpan<char> piece, uint hash, uint kind)
    {
        for (var i = Place(hash); ; i = (i + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[i];
            if (slot.Kind == 0)
                return -1;
            if (slot.Hash == hash && slot.Kind == kind && piece.SequenceEqual(_text.AsSpan(slot.Start, slot.Length)))
                return slot.Id;
        }
    }

    private static uint Hash(uint kind, ReadOnlySpan<char> piece)
    {
        foreach (var letter in piece)
            kind = Grow(kind, letter);
        return kind;
    }

    private int Place(uint hash) => (int)((hash * 0x9E3779B1u) >> _shift);

    private void Add(int start, int end, int id)
    {
        var kind = WordStart;
        if (end - start > 2 && _text.AsSpan(start, 2) is "##")
            (kind, start) = (Continuation, start + 2);
        var hash = Hash(kind, _text.AsSpan(start, end - start));
        var i = Place(hash);
        while (_slots[i].Kind != 0)
            i = (i + 1) & (_slots.Length - 1);
        _slots[i] = new Slot(hash, kind, start, end - start, id);
        LongestPiece = Math.Max(LongestPiece, end - start);
    }

    private readonly record struct Slot(uint Hash, uint Kind, int Start, int Length, int Id);
}
