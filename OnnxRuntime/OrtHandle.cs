using System.Runtime.InteropServices;

namespace ChatAnalysis.OnnxRuntime;

/// <summary>Owns one object of ONNX Runtime, and knows which function gives it back.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;

    public OrtHandle(nint value, delegate* unmanaged<nint, void> release) : base(0, ownsHandle: true)
    {
        _release = release;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer. The caller sees to it that this object outlives its use.</summary>
    public nint Value => handle;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
