using System.Runtime.InteropServices;

namespace ChatAnalysis.Faiss;

/// <summary>Owns a faiss::Index.</summary>
internal sealed class FaissIndexHandle : SafeHandle
{
    /// <summary>An empty handle, which the marshaller fills.</summary>
    public FaissIndexHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        FaissNative.Free(handle);
        return true;
    }
}
