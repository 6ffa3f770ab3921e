using System.Buffers;

namespace Equaticket.Engine.Execution;

/// <summary>A buffer that grows in rented arrays, so that a body of any size is allocated only once.</summary>
public sealed class RentedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4096;

    private byte[] _rented = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _length;

    public ReadOnlySpan<byte> WrittenSpan => _rented.AsSpan(0, _length);

    /// <returns>A copy of the written bytes.</returns>
    public byte[] ToArray() => WrittenSpan.ToArray();

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _rented.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _rented.AsSpan(_length);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);

    private void Reserve(int size)
    {
        if (_rented.Length - _length >= Math.Max(size, 1))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _rented.Length, _length + size));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
    }
}
