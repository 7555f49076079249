"""Drives cloud-init's own Hyper-V reporting handler, then says what stands in the pool, byte for byte."""
import sys

from cloudinit.reporting import events, handlers

pool = sys.argv[1]
handler = handlers.HyperVKvpReportingHandler(kvp_file_path=pool)
for i in range(5):
    handler.publish_event(events.ReportingEvent("start", f"stage-{i}", f"searching \u043a\u043b\u044e\u0447 \u2603 {i}"))
# A description that is cut into several records, and two events whose keys are cut before they differ.
handler.publish_event(events.FinishReportingEvent("long", "d\u00e9tail " * 400))
for i in range(2):
    handler.publish_event(events.ReportingEvent("start", "n" * 490, f"same key {i}"))
handler.flush()
# A value that its packing cuts inside a character, as versions that report logs write them.
handler._append_kvp_item([handler._encode_kvp_item("cut", "a" + "\u2603" * 700)])
with open(pool, "rb") as file:
    while record := file.read(2560):
        print(record[:512].split(b"\0")[0].hex() + ":" + record[512:].split(b"\0")[0].hex())
