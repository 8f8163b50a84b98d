namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Tells a full disk from other failures of writing.</summary>
internal static class DiskFull
{
    // errno on Linux, which .NET keeps as HResult: ENOSPC, EDQUOT, EFBIG; then Windows' ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    private static readonly int[] Codes = [28, 122, 27, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>Whether there was no room: on the disk, in the user's quota, or within the limit on file sizes.</summary>
    public static bool Is(IOException exception) => Codes.Contains(exception.HResult);
}
