using System.ComponentModel;

namespace Equaticket.Schema;

/// <summary>The root of all queries. Each feature adds its fields in a separate file.</summary>
[Description("Queries. Lists are paginated by cursor, newest first.")]
public sealed partial class Query;
