using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Schema;

/// <summary>An enum of the product, spelled in REST as in the database.</summary>
public sealed class WireEnumType<TEnum>() : SpelledEnumType<TEnum>(WireNames<TEnum>.Of)
    where TEnum : struct, Enum;
