using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Hashes of authors. Those of the last few are remembered, as a conversation has few.</summary>
internal sealed class AuthorHashes
{
    private const int Remembered = 8;

    private readonly (string? Author, ulong Hash)[] _last = new (string?, ulong)[Remembered];
    private int _next;

    /// <summary>The hash of an author.</summary>
    /// <param name="author">The name or id.</param>
    /// <param name="remembered">Whether it was asked for a short while ago.</param>
    public ulong Of(string author, out bool remembered)
    {
        remembered = true;
        foreach (ref readonly var last in _last.AsSpan())
            if (ReferenceEquals(last.Author, author))
                return last.Hash;
        remembered = false;
        var hash = Hash(author);
        _last[_next] = (author, hash);
        _next = (_next + 1) % Remembered;
        return hash;
    }

    /// <summary>The hash of an author, unremembered.</summary>
    public static ulong Hash(string author) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(author.AsSpan()), 0);
}
