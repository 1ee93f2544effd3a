# language: vi
Tính năng: Chỉ số về giới trong truyền thông
  Để biết báo chí trong tỉnh phản ánh nữ và nam ra sao,
  cán bộ theo dõi đưa bản ghi tin bài vào chương trình
  và nhận lại từng chỉ số kèm số đếm và độ chắc.

  Tình huống: Tỷ lệ nữ được dẫn lời
    Biết 40 bài của "Báo A", mỗi bài dẫn lời 1 nữ và 3 nam
    Khi cán bộ tính chỉ số
    Thì chỉ số "B1.1.2" là 25% trên 160 người
    Và khoảng tin cậy của chỉ số ấy chứa giá trị

  Tình huống: Không đủ mẫu thì không nêu tỷ lệ
    Biết 12 bài của "Báo A", mỗi bài dẫn lời 1 nữ và 3 nam
    Khi cán bộ tính chỉ số
    Thì chỉ số "B1.1.2" không có giá trị vì không đủ mẫu

  Tình huống: Phát hiện chưa có người xác nhận chưa thành chỉ số
    Biết 40 bài của "Báo A", mỗi bài có một phát hiện nhóm từ miệt thị
    Khi cán bộ tính chỉ số
    Thì chỉ số "B1.4.4" chỉ là gợi ý của máy

  Tình huống: Phát hiện được xác nhận thì được đếm
    Biết 40 bài của "Báo A", mỗi bài có một phát hiện nhóm từ miệt thị
    Và người xem xác nhận phát hiện của 10 bài, bác phát hiện của 30 bài
    Khi cán bộ tính chỉ số
    Thì chỉ số "B1.4.4" là 25% trên 40 bài

  Tình huống: Bài không tính được vẫn được kể ra
    Biết 40 bài của "Báo A", mỗi bài dẫn lời 1 nữ và 3 nam
    Và 2 dòng hỏng
    Khi cán bộ tính chỉ số
    Thì báo cáo ghi đã đọc 42, đếm 40, để ngoài 2
