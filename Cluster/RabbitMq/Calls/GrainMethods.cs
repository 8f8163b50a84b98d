namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>The methods that a grain serves, by name.</summary>
internal sealed class GrainMethods
{
    private readonly Dictionary<string, Func<byte[], CancellationToken, Task<byte[]>>> _methods = [];

    /// <summary>Serves a method.</summary>
    public GrainMethods Add<TCall, TAnswer>(GrainMethod<TCall, TAnswer> method, Func<TCall, CancellationToken, Task<TAnswer>> serve)
    {
        _methods.Add(
            method.Name,
            async (call, cancellationToken) => method.WriteAnswer(await serve(method.ReadCall(call), cancellationToken)));
        return this;
    }

    /// <summary>Serves one call.</summary>
    /// <exception cref="NotSupportedException">No method has this name: the caller is of another version.</exception>
    public Task<byte[]> ServeAsync(string name, byte[] call, CancellationToken cancellationToken) =>
        _methods.TryGetValue(name, out var serve)
            ? serve(call, cancellationToken)
            : throw new NotSupportedException($"There is no grain method {name} in this version");
}
