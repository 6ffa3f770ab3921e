using Equaticket.Persistence;

namespace Equaticket.Schema.Tests.Payments;

internal static class Keys
{
    private static readonly RowStamps Stamps = new(TimeProvider.System);

    /// <returns>An unused idempotency key.</returns>
    public static string New() => $"{Stamps.Next().Id}";
}
