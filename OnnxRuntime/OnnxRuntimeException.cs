namespace ChatAnalysis.OnnxRuntime;

/// <summary>ONNX Runtime refused a call, or its library could not be loaded.</summary>
/// <param name="code">OrtErrorCode, or 0 where the library itself is the trouble.</param>
/// <param name="message">What ONNX Runtime says.</param>
/// <param name="inner">What the loader said, if it was asked.</param>
public sealed class OnnxRuntimeException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>OrtErrorCode: 1 failure, 2 invalid argument, 3 no such file, 7 not a graph …; 0 for the library.</summary>
    public int Code => code;
}
