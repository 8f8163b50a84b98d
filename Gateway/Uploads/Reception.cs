using System.Buffers;
using System.Security.Cryptography;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>How far the reception of an upload is, for the message where it fails.</summary>
internal sealed class Reception
{
    /// <summary>What is asked of the network, and given to the disk, at once.</summary>
    public const int BufferBytes = 128 << 10;

    /// <summary>The file that is being received.</summary>
    public string? File { get; set; }

    /// <summary>Whether the disk is at work, and not the network.</summary>
    public bool Storing { get; set; }

    /// <summary>Copies a file from the network to the disk, hashed on the way.</summary>
    /// <returns>What it held, or null where it has more than <paramref name="mostBytes"/>.</returns>
    public async Task<ReceivedContent?> CopyAsync(Stream body, Stream target, long mostBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var size = 0L;
            while (true)
            {
                Storing = false;
                var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                Storing = true;
                if (count == 0)
                    return new ReceivedContent(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
                size += count;
                if (size > mostBytes)
                    return null;
                hash.AppendData(buffer, 0, count);
                await target.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
