namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What a file held.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the bytes, in lower-case hexadecimal digits.</param>
internal sealed record ReceivedContent(long Size, string Sha256);
