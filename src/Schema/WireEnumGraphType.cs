using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Schema;

/// <summary>An enum of the product, spelled in REST as in the database.</summary>
public sealed class WireEnumGraphType<TEnum>() : SpelledEnumGraphType<TEnum>(WireNames<TEnum>.Of)
    where TEnum : struct, Enum;
