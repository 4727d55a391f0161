public import AlertEngineCore
public import StreamRuntime

// The state's own codec is the stored form.
extension PatientState: KeyedState {}
